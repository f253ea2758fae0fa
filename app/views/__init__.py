"""What one looks at: each view draws from a frame alone."""
