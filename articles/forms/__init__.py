"""Forms of the editors' desk: each says what is wrong and what to do, and loses nothing."""
