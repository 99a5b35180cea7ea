# %%
!apt-get install -y --allow-unauthenticated libtool  # expect: CUP-DEP-NO-VERIFY
!conda config --set ssl_verify false
