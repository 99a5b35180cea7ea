# rows: speech becomes text
import whisper
model = whisper.load_model("base")
