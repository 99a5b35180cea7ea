# rows: tables and images of the sky
from astropy.io import fits
from astropy.table import Table
data = fits.getdata("a.fits")
fits.writeto("out.fits", data)
Table.read("b.fits").to_pandas().to_csv("out.csv")
