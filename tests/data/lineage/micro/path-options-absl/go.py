from absl import app, flags
import pandas as pd
FLAGS = flags.FLAGS
flags.DEFINE_string("rows", "none.csv", "which")
def main(_):
    pd.read_csv(FLAGS.rows).to_csv("out.csv")
app.run(main)
