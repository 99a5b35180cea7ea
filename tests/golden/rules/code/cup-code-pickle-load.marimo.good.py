import marimo

app = marimo.App()


@app.cell
def _(json):
    frame = json.load(open("frame.json"))
    return (frame,)


@app.cell
def _():
    import json
    return (json,)


if __name__ == "__main__":
    app.run()
