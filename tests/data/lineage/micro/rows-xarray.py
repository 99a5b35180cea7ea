# rows: arrays with names
import xarray as xr
ds = xr.open_dataset("a.nc")
mean = ds.sel(time=0)
mean.to_netcdf("out.nc")
ds.to_dataframe().to_csv("out.csv")
