"""What commands answer programs: plain values for JSON, where every name is promised."""
