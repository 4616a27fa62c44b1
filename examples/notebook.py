"""From an export to a plot: who spoke how often, week by week. A marimo notebook; it runs as a script too.

onrecord export statements --format parquet --out statements.parquet
marimo edit examples/notebook.py                      # to read and change it
python examples/notebook.py --statements statements.parquet --plot plot.png
"""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import matplotlib
    import polars as pl

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    told = mo.cli_args()
    source = told.get("statements") or "statements.parquet"
    return plt, pl, source, told


@app.cell
def _(pl, source):
    statements = pl.read_parquet(source).with_columns(pl.col("date").str.to_datetime(time_zone="UTC"))
    weekly = (
        statements.drop_nulls(["speaker", "date"])
        .filter(pl.col("speaker").is_in(statements["speaker"].value_counts(sort=True)["speaker"].drop_nulls().head(4)))
        .sort("date")
        .group_by_dynamic("date", every="1w", group_by="speaker")
        .agg(pl.len().alias("statements"))
    )
    weekly
    return (weekly,)


@app.cell
def _(plt, told, weekly):
    figure, axes = plt.subplots(figsize=(9, 4))
    for (speaker,), rows in weekly.group_by("speaker", maintain_order=True):
        axes.plot(rows["date"], rows["statements"], marker="o", label=speaker)
    axes.set_ylabel("statements a week")
    axes.legend()
    figure.autofmt_xdate()
    if told.get("plot"):
        figure.savefig(told["plot"])
    figure
    return


if __name__ == "__main__":
    app.run()
