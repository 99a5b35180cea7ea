# rows: frames of an animation
import imageio
frames = [imageio.imread("a.png"), imageio.imread("b.png")]
imageio.mimsave("out.gif", frames)
