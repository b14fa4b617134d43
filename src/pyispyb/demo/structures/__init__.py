"""What simulated programs make of merged data: phases, models, maps, and blobs that the models leave unexplained."""
