"""Which changes are of one number: undo takes them together."""

# Changes of one number, which come in quick succession while a wheel turns or a slider is drawn.
NUMBERS = frozenset(
    {
        "data.samples",
        "data.noise",
        "data.train_share",
        "data.seed",
        "data.classes",
        "data.softness",
        "data.setting",
        "data.share",
        "data.label_noise",
        "data.split_seed",
        "data.folds",
        "data.fold",
        "network.units",
        "network.output_units",
        "network.alpha",
        "network.layer_alpha",
        "network.layer_dropout",
        "network.dropout",
        "network.initializer_setting",
        "training.setting",
        "training.learning_rate",
        "training.batch_size",
        "training.l1",
        "training.l2",
        "training.loss_setting",
        "training.schedule_setting",
        "training.clip_value",
        "training.clip_norm",
        "training.max_norm",
        "training.jitter",
        "training.stop",
        "seed",
    }
)
