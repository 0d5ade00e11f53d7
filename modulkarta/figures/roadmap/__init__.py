"""What the roadmap as a picture is made of: what is shown, where it stands, what it says above and below."""
