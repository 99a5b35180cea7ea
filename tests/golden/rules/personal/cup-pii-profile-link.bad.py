mentor = "https://www.linkedin.com/in/ann-kowalska-4711"  # expect: CUP-PII-PROFILE-LINK
