import click
import pandas as pd
@click.command()
@click.option("--rows", "-r", default="none.csv")
@click.argument("to")
def main(rows, to):
    pd.read_csv(rows).to_csv(to)
main()
