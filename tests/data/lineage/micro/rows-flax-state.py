# a state learns from what the loss was computed of
import flax.linen as nn
import jax
import optax
import tensorflow_datasets as tfds
from flax.training import checkpoints, train_state
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(10)(x)
ds = tfds.load("mnist", split="train", as_supervised=True)
net = Net()
state = train_state.TrainState.create(apply_fn=net.apply, params=net.init(jax.random.PRNGKey(0), 0), tx=optax.sgd(0.1))
@jax.jit
def step(state, batch):
    def loss(params):
        return optax.softmax_cross_entropy(state.apply_fn(params, batch["x"]), batch["y"]).mean()
    return state.apply_gradients(grads=jax.grad(loss)(state.params))
for batch in tfds.as_numpy(ds):
    state = step(state, batch)
checkpoints.save_checkpoint("ckpt", state, 1)
