# %%
!apt-get install -y libtool
!conda config --set channel_priority strict
