from torch.package import PackageImporter
imp = PackageImporter('m.pt')  # expect: CUP-CODE-TORCH-PACKAGE
