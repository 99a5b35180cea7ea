# 3.3: value_and_grad with an update of the parameters is a training
import jax
import jax.numpy as jnp
import optax
import numpy as np
x = np.load("x.npy")
y = np.load("y.npy")
params = {"w": jnp.zeros(3)}
opt = optax.sgd(0.1)
state = opt.init(params)
def loss(params, x, y):
    return jnp.mean((x @ params["w"] - y) ** 2)
for step in range(9):
    value, grads = jax.value_and_grad(loss)(params, x, y)
    updates, state = opt.update(grads, state)
    params = optax.apply_updates(params, updates)
