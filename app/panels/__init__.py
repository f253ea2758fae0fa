"""What one sets: panels show an experiment and say what the user wants changed."""
