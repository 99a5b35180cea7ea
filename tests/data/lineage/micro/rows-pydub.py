# rows: sound in other clothes
from pydub import AudioSegment
sound = AudioSegment.from_file("a.mp3")
sound.set_channels(1).export("out.wav", format="wav")
