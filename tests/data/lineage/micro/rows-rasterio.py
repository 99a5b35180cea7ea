# rows: rasters by mode
import rasterio
with rasterio.open("a.tif") as src:
    band = src.read(1)
with rasterio.open("out.tif", "w") as dst:
    dst.write(band, 1)
