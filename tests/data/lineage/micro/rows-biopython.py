# rows: sequences
from Bio import SeqIO
records = SeqIO.parse("a.fasta", "fasta")
SeqIO.write(records, "out.fasta", "fasta")
