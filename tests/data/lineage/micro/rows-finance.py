# rows: prices by symbol
import yfinance as yf
df = yf.download("AAPL")
df.to_csv("out.csv")
