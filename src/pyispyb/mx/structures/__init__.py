"""From merged data to a structure: phases, molecular replacement, models, maps and what they leave unexplained."""
