# what is given to a training as val_loader=, valid_data= or test_ds= is not learnt from
import torch
from lab.data import rows_of
from earlier_parts import SmallModel, train_simple, train_long
from lab.learners import Learner
rows = rows_of(open("a.csv"))
more = rows_of(open("b.csv"))
last = rows_of(open("c.csv"))
model = SmallModel(10)
train_simple(model, rows, val_loader=more, epochs=3)
other_model = SmallModel(20)
val_part = more
train_long(other_model, rows, val_part, test_ds=last)
learner = Learner(3)
learner.fit(rows, valid_data=more)
second = Learner(4)
second.fit(rows, val_part)
third = Learner(5)
third.fit(train_ds=rows, valid_ds=more)
