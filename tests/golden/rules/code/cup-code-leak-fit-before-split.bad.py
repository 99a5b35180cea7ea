from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
X = StandardScaler().fit_transform(X)
A, B = train_test_split(X, random_state=0)  # expect: CUP-CODE-LEAK-FIT-BEFORE-SPLIT
