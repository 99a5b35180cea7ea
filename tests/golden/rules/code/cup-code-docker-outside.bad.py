import docker
docker.from_env().containers.run(input())  # expect: CUP-CODE-DOCKER-OUTSIDE
