"""What the program is made of, and what is known of faults in it: `scripts/sbom` and `scripts/audit`."""
