"""Machine-readable zones from photographs: picture, cells, the program that reads, correction, the act of reading."""
