import marimo

app = marimo.App()


@app.cell
def _(pickle):
    frame = pickle.load(open("frame.pkl", "rb"))  # expect: CUP-CODE-PICKLE-LOAD
    return (frame,)


@app.cell
def _():
    import pickle
    return (pickle,)


if __name__ == "__main__":
    app.run()
