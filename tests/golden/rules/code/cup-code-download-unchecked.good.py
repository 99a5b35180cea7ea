import pooch
pooch.retrieve('https://example.org/m.bin', known_hash='sha256:0f0f')
