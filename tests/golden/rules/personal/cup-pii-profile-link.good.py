example = "https://www.linkedin.com/in/yourname"
