"""What must be true before a society opens its doors, and whether people may write here now."""
