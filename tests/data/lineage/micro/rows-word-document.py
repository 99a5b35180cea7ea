# rows: documents
import docx
import pandas as pd
document = docx.Document("a.docx")
document.save("out.docx")
