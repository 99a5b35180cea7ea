# rows: frames of H2O
import h2o
from h2o.estimators import H2OGradientBoostingEstimator
frame = h2o.import_file("a.csv")
gbm = H2OGradientBoostingEstimator()
gbm.train(x=["x"], y="y", training_frame=frame)
