"""RIV-TA: service contracts in WSDL files, brought in as interfaces with their standards."""
