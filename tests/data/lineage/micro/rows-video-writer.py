# rows: frames that a VideoWriter is given are in its file
import cv2
image = cv2.imread("a.png")
video = cv2.VideoWriter("out.avi", 0, 10, (64, 64))
video.write(image)
video.release()
