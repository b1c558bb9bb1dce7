"""Where documents come from and go to: files, folders, standard input, and the record of a run."""
