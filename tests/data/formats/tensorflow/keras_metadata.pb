
ƒroot"_tf_keras_sequential*c{"class_name":"Sequential","config":{"layers":[{"class_name":"Lambda","config":{"function":"f"}}]}}