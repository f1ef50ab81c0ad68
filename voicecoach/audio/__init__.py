"""PCM -> sound: the mixer, the earcons and one file per output."""
