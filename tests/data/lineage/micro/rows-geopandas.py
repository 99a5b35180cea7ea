# rows: shapes
import geopandas as gpd
shapes = gpd.read_file("a.shp")
shapes.to_crs(4326).to_file("out.geojson")
shapes.to_parquet("out.parquet")
