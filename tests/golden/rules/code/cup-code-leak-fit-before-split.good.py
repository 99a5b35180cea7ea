from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
A, B = train_test_split(X, random_state=0)
A = StandardScaler().fit_transform(A)
