# what jit makes of a gradient trains as the gradient does
import jax
import jax.numpy as jnp
import numpy as np
X = np.load("X.npy")
y = np.load("y.npy")
w = jnp.zeros(3)
def loss(w, x, y):
    return ((x @ w - y) ** 2).mean()
step = jax.jit(jax.value_and_grad(loss))
for i in range(100):
    value, g = step(w, X, y)
    w = w - 0.1 * g
np.save("w.npy", w)
