"""What changed between two snapshots, by meaning: who is who, what their files say, and what follows for the plan."""
