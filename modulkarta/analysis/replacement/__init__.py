"""What a replacement means to those who meet it: system by system, function by function and area by area."""
