"""Teaching the reader what marks look like: simulated paper, real hands, a small network. Not needed to run kryds."""
