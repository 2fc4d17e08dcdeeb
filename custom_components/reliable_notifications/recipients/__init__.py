"""The people of a household: what is stored of them, wished by them, proven of them."""
