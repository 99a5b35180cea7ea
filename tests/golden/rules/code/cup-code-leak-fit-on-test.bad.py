from sklearn.preprocessing import StandardScaler
s = StandardScaler()
X_test = s.fit_transform(X_test)  # expect: CUP-CODE-LEAK-FIT-ON-TEST
