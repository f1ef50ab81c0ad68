"""What is known about the person, and kept between sessions."""
