"""What commands and the viewer answer programs: plain values for JSON, where every name is promised."""
