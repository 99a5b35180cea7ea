from sklearn.preprocessing import StandardScaler
s = StandardScaler().fit(X_train)
X_test = s.transform(X_test)
