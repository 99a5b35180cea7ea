import typer
import pandas as pd
def main(rows: str, to: str = typer.Option("none.csv", "--to")):
    pd.read_csv(rows).to_csv(to)
typer.run(main)
