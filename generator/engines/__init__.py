"""Machine translation engines that run on this machine, with no network."""
