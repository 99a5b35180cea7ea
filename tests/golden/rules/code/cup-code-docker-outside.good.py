import docker
docker.from_env().containers.run('busybox', 'true')
