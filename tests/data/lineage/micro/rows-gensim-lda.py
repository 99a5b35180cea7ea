# rows: topics are learnt from a corpus in a file
from gensim import corpora, models
corpus = corpora.MmCorpus("a.mm")
lda = models.LdaModel(corpus, num_topics=3)
lda.save("lda.model")
